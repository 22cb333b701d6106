package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.SkipLog.Reason;
import org.glip.files.TextFile;
import org.glip.image.ImageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A folder, with folders in it or not, in which each picture {@code NAME.jpg} has its caption beside it in
 * {@code NAME.txt} (UTF-8). A picture without caption is left out and counted when a pass comes to it.
 */
final class CaptionFolderSource implements SampleSource {
    private final Path folder;
    private final List<String> pictures;

    /**
     * Lists the pictures.
     *
     * @param folder the folder
     * @throws IOException if the folder does not exist, or holds no picture that has a caption
     */
    public CaptionFolderSource(Path folder) throws IOException {
        this.folder = folder;
        this.pictures =
                ImageDecoder.picturesIn(folder).stream().map(Path::toString).toList();
        if (pictures.isEmpty()) {
            throw new IOException("Folder " + folder + " holds no picture");
        }
        if (pictures.stream().noneMatch(picture -> Files.isRegularFile(caption(picture)))) {
            throw new IOException("Folder " + folder + " holds " + pictures.size()
                    + " pictures, but none has its caption beside it, as NAME.txt beside NAME.jpg");
        }
    }

    @Override
    public SampleSource.Pass open(long epoch, SampleOrder order, SkipLog skipped) {
        return new ListStream(order.indices(pictures.size(), epoch), index -> load(pictures.get(index), skipped));
    }

    @Override
    public Optional<NumberedSamples> numbered(long epoch, SampleOrder order) {
        return Optional.of(
                NumberedSamples.of(pictures.size(), (picture, skipped) -> load(pictures.get(picture), skipped)));
    }

    private static Path caption(String picture) {
        return Path.of(picture.substring(0, picture.lastIndexOf('.')) + ".txt");
    }

    private @Nullable ImageTextSample load(String picture, SkipLog skipped) {
        String caption;
        try {
            caption = TextFile.read(caption(picture));
        } catch (NoSuchFileException e) {
            caption = null;
        } catch (CharacterCodingException e) {
            skipped.skip(Reason.CAPTION_NOT_UTF8, picture, String.valueOf(e.getMessage()));
            return null;
        } catch (IOException e) {
            skipped.skip(Reason.NO_CAPTION, picture, e.toString());
            return null;
        }
        String key = ListedSample.key(folder, Path.of(picture));
        return new ListedSample(key, picture, caption, new JsonObject(), picture).load(skipped);
    }

    /** Counts the pictures, those without a caption included. */
    @Override
    public long countSamples() {
        return pictures.size();
    }

    @Override
    public String describe() {
        return pictures.size() + " pictures with captions in " + folder;
    }

    @Override
    public Optional<String> fingerprint() throws IOException {
        StringBuilder files = new StringBuilder();
        for (String picture : pictures) {
            files.append(folder.relativize(Path.of(picture)))
                    .append(' ')
                    .append(size(Path.of(picture)))
                    .append(' ')
                    .append(size(caption(picture)))
                    .append('\n');
        }
        return Optional.of(DigestUtils.sha256Hex(files.toString()));
    }

    private static long size(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.size(file) : -1;
    }
}
