package org.glip.parquet;

import java.nio.file.Path;

/**
 * A group of rows of one of the files, with what is read of it.
 *
 * @param writtenBy which program wrote the file
 */
record TableGroup(
        Path file, ParquetTable.Group place, TableSchema.Pictures pictures, TableColumn captions, String writtenBy) {}
