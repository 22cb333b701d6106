package org.glip.parquet;

import org.apache.parquet.format.CompressionCodec;

/**
 * Where the values of a column lie for a group of rows.
 *
 * @param start first byte of its first page
 * @param length of all its pages, within the file
 * @param values how many it says it has
 */
record ColumnChunk(long start, long length, CompressionCodec codec, long values) {}
