/**
 * The front door: {@link org.glip.Clip} opens a trained model and answers. Ten lines print what is in a photo:
 *
 * <pre>{@code
 * import java.nio.file.Path;
 * import java.util.List;
 * import org.glip.Clip;
 *
 * public class Ask {
 *     public static void main(String[] args) throws Exception {
 *         try (Clip clip = Clip.open(Path.of("runs/glip"))) {
 *             clip.classify(Path.of("photo.jpg"), List.of("cat", "dog")).forEach(System.out::println);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>For those who know DJL, {@link org.glip.ClipImageTranslator} and {@link org.glip.ClipTextTranslator} make a
 * {@code Criteria} that loads a model folder as a {@code ZooModel}, and so its {@code Predictor}s.
 *
 * <p>May depend on: {@code eval}, {@code model}, {@code data}, {@code text}, {@code image}, {@code mask},
 * {@code engine}, {@code files}.
 */
@NullMarked
package org.glip;

import org.jspecify.annotations.NullMarked;
