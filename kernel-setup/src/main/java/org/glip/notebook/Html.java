package org.glip.notebook;

/**
 * A piece of HTML to be shown as a page, not as text.
 *
 * @param markup the HTML, without the page's frame
 * @param text what a reader without a browser sees instead
 */
public record Html(String markup, String text) {}
