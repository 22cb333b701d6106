package org.glip;

/**
 * How likely a label is for a picture, of all the labels that were offered.
 *
 * @param label as it was given
 * @param probability from 0 to 1; those of all labels add up to 1
 */
public record LabelProbability(String label, double probability) {}
