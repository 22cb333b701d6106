/**
 * Parquet files as a source of pairs: footer, schema, pages of columns, rows. The format's structures and the decoding
 * of values are Parquet's own library; its part that reads files needs Hadoop and is not used.
 *
 * <p>May depend on: {@code data}, {@code files}.
 */
@NullMarked
package org.glip.parquet;

import org.jspecify.annotations.NullMarked;
