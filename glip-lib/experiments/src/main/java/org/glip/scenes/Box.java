package org.glip.scenes;

/** A rectangle in pixels; fractions are meant. */
record Box(double x, double y, double width, double height) {}
