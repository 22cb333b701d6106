/**
 * How the library's values appear in a notebook: renderers for the Java and Kotlin kernels, default imports, live
 * displays.
 *
 * <p>Nothing here computes anything. {@link org.glip.notebook.Rich} turns a value into text, HTML or a picture and
 * knows no kernel; the kernels' own classes are touched in {@link org.glip.notebook.JJavaExtension} and
 * {@link org.glip.notebook.IJavaRenderers} alone. Without a kernel (a plain JShell, a test) the same cells run and
 * print text.
 */
@NullMarked
package org.glip.notebook;

import org.jspecify.annotations.NullMarked;
