package org.glip.parquet;

import org.apache.parquet.schema.MessageType;

/**
 * A column of byte strings, one within a struct or a list too.
 *
 * @param number its place among all columns of values, as groups of rows list them
 * @param type the way to it, with nothing beside it
 * @param isText whether it is marked as text
 * @param isList whether a row may have several values
 */
record TableColumn(int number, MessageType type, boolean isText, boolean isList) {}
