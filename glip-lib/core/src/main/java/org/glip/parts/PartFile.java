package org.glip.parts;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.glip.files.AtomicFile;
import org.glip.files.Json;
import org.glip.files.JsonFields;
import org.glip.files.Reasons;
import org.glip.model.weights.SafetensorsFile.RowSource;

/**
 * The file of a part, open for reading: a zip archive of, for each {@link Section}, its rows as float32
 * ({@code NAME.f32}, little endian) and a line of JSON a row ({@code NAME.jsonl}), and {@code part.json}, which says
 * what they are a part of. The same part gives the same bytes, wherever and whenever it is made.
 */
public final class PartFile implements Closeable {
    private static final String FORMAT = "glip part 1";
    private static final String HEADER = "part.json";
    private static final String ROWS = ".f32";
    private static final String LINES = ".jsonl";
    private static final int MOST_HEADER_BYTES = 1 << 20;
    private static final int ROWS_AT_ONCE = 1024;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Path file;
    private final ZipFile zip;
    private final JsonFields header;
    private final Part part;
    private final RunIdentity run;

    private PartFile(Path file, ZipFile zip, JsonFields header, Part part, RunIdentity run) {
        this.file = file;
        this.zip = zip;
        this.header = header;
        this.part = part;
        this.run = run;
    }

    /**
     * Does a part: computes its sections and writes them, all or nothing, replacing a file that is there.
     *
     * @param file the part's file, {@link Part#file}
     * @param part which part it is
     * @param run what it is a part of
     * @param sections what it finds, computed in this order
     * @throws IOException where writing or computing fails; the file is as it was
     */
    public static void write(Path file, Part part, RunIdentity run, List<Section> sections) throws IOException {
        AtomicFile.write(file, channel -> {
            // The channel is the writer's to close, after it has been synced.
            OutputStream open = new FilterOutputStream(Channels.newOutputStream(channel)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    flush();
                }
            };
            try (ZipOutputStream zip = new ZipOutputStream(open, StandardCharsets.UTF_8)) {
                zip.setLevel(Deflater.BEST_SPEED);
                JsonObject found = new JsonObject();
                for (Section section : sections) {
                    found.add(section.name(), write(section, zip));
                }
                JsonObject header = new JsonObject();
                header.addProperty("format", FORMAT);
                header.addProperty("part", part.number());
                header.addProperty("parts", part.parts());
                header.add("run", run.toJson());
                header.add("sections", found);
                begin(HEADER, zip);
                zip.write(Json.pretty(header).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        });
    }

    private static JsonObject write(Section section, ZipOutputStream zip) throws IOException {
        begin(section.name() + ROWS, zip);
        long numbers = 0;
        for (float[] rows = section.rows().next();
                rows != null;
                rows = section.rows().next()) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, rows.length))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(rows);
            zip.write(bytes.array());
            numbers += rows.length;
        }
        zip.closeEntry();
        begin(section.name() + LINES, zip);
        for (JsonObject line : section.about().get()) {
            zip.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
        JsonObject entry = new JsonObject();
        entry.addProperty("rows", numbers / section.columns());
        entry.addProperty("columns", section.columns());
        entry.add("notes", section.notes().get());
        return entry;
    }

    private static void begin(String name, ZipOutputStream zip) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    /**
     * Opens a file and checks what it says of itself.
     *
     * @param file the file of a part
     * @return the file, to be closed
     * @throws IOException where it cannot be read, or is damaged or no file of a part; it is named
     */
    public static PartFile open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new IOException(file + " is damaged, or no file of a part: " + e.getMessage(), e);
        }
        try {
            JsonFields header = Json.parse(header(zip), HEADER);
            if (!header.text("format").equals(FORMAT)) {
                throw new IOException(
                        "it is of the format '" + header.text("format") + "', and '" + FORMAT + "' is read");
            }
            Part part = new Part(header.integer("part"), header.integer("parts"));
            return new PartFile(file, zip, header, part, RunIdentity.read(header.object("run")));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw damaged(file, e);
        }
    }

    private static IOException damaged(Path file, Exception cause) {
        String reason = cause instanceof IOException failure ? Reasons.of(failure) : String.valueOf(cause.getMessage());
        return new IOException(file + " is damaged, or no file of a part: " + reason, cause);
    }

    private static String header(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(HEADER);
        if (entry == null || entry.getSize() > MOST_HEADER_BYTES) {
            throw new IOException("there is no " + HEADER + " in it");
        }
        try (InputStream in = new CheckedEntry(zip, entry)) {
            return new String(in.readNBytes(MOST_HEADER_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** {@return which part it is} */
    public Part part() {
        return part;
    }

    /** {@return what it is a part of} */
    public RunIdentity run() {
        return run;
    }

    /**
     * {@return the number of rows of a section}
     *
     * @param section its name
     * @throws IOException where there is no such section, or it disagrees with its rows
     */
    public long rows(String section) throws IOException {
        JsonFields about = section(section);
        long rows = about.whole("rows");
        long bytes = entry(section + ROWS).getSize();
        if (rows < 0 || bytes != Math.multiplyExact(rows, (long) Float.BYTES * about.integer("columns"))) {
            throw new IOException(file + " is damaged: of '" + section + "' it should hold " + rows + " rows, but has "
                    + bytes + " bytes");
        }
        return rows;
    }

    private JsonFields section(String name) throws IOException {
        JsonFields sections = header.object("sections");
        if (!sections.has(name)) {
            throw new IOException(file + " has no '" + name + "', only " + sections.names());
        }
        return sections.object(name);
    }

    private ZipEntry entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(file + " is damaged: there is no " + name + " in it");
        }
        return entry;
    }

    /**
     * {@return what was noted of all rows of a section together}
     *
     * @param section its name
     * @throws IOException where there is no such section
     */
    public JsonFields notes(String section) throws IOException {
        return section(section).object("notes");
    }

    /**
     * Returns the rows of a section, some at a time.
     *
     * @param section its name
     * @return the rows, in order; whoever takes all of them, or closes the file, need not close anything else
     * @throws IOException where there is no such section, or it disagrees with its rows
     */
    public RowSource read(String section) throws IOException {
        long[] left = {rows(section)};
        int columns = section(section).integer("columns");
        InputStream in = new CheckedEntry(zip, entry(section + ROWS));
        return () -> {
            if (left[0] == 0) {
                in.close();
                return null;
            }
            int count = (int) Math.min(ROWS_AT_ONCE, left[0]);
            byte[] bytes = in.readNBytes(Math.multiplyExact(count, Float.BYTES * columns));
            float[] rows = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(rows);
            left[0] -= count;
            return rows;
        };
    }

    /**
     * Reads what is known of each row of a section.
     *
     * @param section its name
     * @return by row; empty where nothing was known
     * @throws IOException where it cannot be read or is damaged
     */
    public List<JsonFields> about(String section) throws IOException {
        List<JsonFields> lines = new ArrayList<>();
        try (InputStream in = new CheckedEntry(zip, entry(section + LINES));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Json.parse(line, file + ", " + section + LINES + " line " + (lines.size() + 1)));
            }
        }
        return lines;
    }

    /** Reads all of it, which checks the sums that are kept of the content. */
    void verify() throws IOException {
        for (String section : header.object("sections").names()) {
            RowSource rows = read(section);
            while (rows.next() != null) {
                // the sum is compared at the end
            }
            about(section);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
