package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.glip.image.ImageDecoder;

/** Lists the pictures of class folders; see {@link SampleSource#classFolders}. */
final class ClassFolders {
    private ClassFolders() {}

    static ListedSource source(Path root, Map<String, Integer> numbers, List<String> classNames) throws IOException {
        List<ListedSample> found = new ArrayList<>();
        for (Map.Entry<String, Integer> folder : numbers.entrySet()) {
            List<Path> files = ImageDecoder.picturesIn(root.resolve(folder.getKey()));
            if (files.isEmpty()) {
                throw new IOException("Class folder " + root.resolve(folder.getKey()) + " holds no picture");
            }
            JsonObject metadata = SampleMetadata.ofClass(folder.getValue(), classNames);
            String name = classNames.get(folder.getValue());
            for (Path file : files) {
                found.add(new ListedSample(
                        ListedSample.key(root, file), file.toString(), name, metadata, file.toString()));
            }
        }
        return new ListedSource(found, "pictures of " + numbers.size() + " classes in " + root);
    }
}
