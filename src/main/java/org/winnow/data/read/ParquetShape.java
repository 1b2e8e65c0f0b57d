package org.winnow.data.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.winnow.check.InputTrouble;
import org.winnow.check.UserError;

/**
 * What the footer of a Parquet file says.
 *
 * @param path of the file
 * @param fields in its order
 * @param groups those of its row groups that have rows
 * @param index names of columns that pandas says are its index
 */
record ParquetShape(String path, List<ParquetField> fields, List<Integer> groups, Set<String> index)
        implements Serializable {
    /** A file, and its length in bytes. */
    record Place(String path, long length) implements Serializable {
        /** Looks at the file, wherever that is done. */
        Told look(Configuration hadoop) {
            try {
                return new Told(of(hadoop, this), "");
            } catch (IOException | RuntimeException e) {
                return new Told(null, Part.name(path) + ": " + InputTrouble.problem(e));
            }
        }
    }

    /** A shape, or why there is none. */
    record Told(@Nullable ParquetShape found, String trouble) implements Serializable {
        ParquetShape shape() {
            return Optional.ofNullable(found).orElseThrow(() -> new UserError(trouble));
        }
    }

    String file() {
        return Part.name(path);
    }

    private static ParquetShape of(Configuration hadoop, Place place) throws IOException {
        ParquetFooter footer = ParquetFooter.read(hadoop, new Path(place.path()), place.length());
        MessageType schema = footer.metadata().getFileMetaData().getSchema();
        List<ColumnDescriptor> leaves = schema.getColumns();
        List<ParquetField> fields = new ArrayList<>();
        int leaf = 0;
        for (Type field : schema.getFields()) {
            int end = leaf + leaves(field);
            fields.add(ParquetField.of(
                    field, leaves.subList(leaf, end), footer.halves().get(leaf)));
            leaf = end;
        }
        List<BlockMetaData> groups = footer.metadata().getBlocks();
        requireCodecs(hadoop, groups);
        return new ParquetShape(
                place.path(),
                List.copyOf(fields),
                IntStream.range(0, groups.size())
                        .filter(group -> groups.get(group).getRowCount() > 0)
                        .boxed()
                        .toList(),
                index(footer.metadata().getFileMetaData().getKeyValueMetaData().getOrDefault("pandas", "")));
    }

    private static int leaves(Type type) {
        return type.isPrimitive()
                ? 1
                : type.asGroupType().getFields().stream()
                        .mapToInt(ParquetShape::leaves)
                        .sum();
    }

    private static void requireCodecs(Configuration hadoop, List<BlockMetaData> groups) {
        CodecFactory codecs = new CodecFactory(hadoop, 0);
        try {
            groups.stream()
                    .flatMap(group -> group.getColumns().stream())
                    .map(ColumnChunkMetaData::getCodec)
                    .distinct()
                    .forEach(codecs::getDecompressor);
        } finally {
            codecs.release();
        }
    }

    /** Columns of the index in what pandas says of a table; an index that counts is in no column. */
    private static Set<String> index(String pandas) {
        Set<String> names = new HashSet<>();
        try {
            JsonNode columns = new JsonMapper().readTree(pandas).path("index_columns");
            columns.forEach(name -> {
                if (name.isTextual()) {
                    names.add(name.textValue());
                }
            });
        } catch (JsonProcessingException e) {
            return Set.of(); // It is a note to pandas, and says nothing of how to read the file.
        }
        return Set.copyOf(names);
    }
}
