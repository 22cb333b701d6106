package org.glip.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroShotSetTest {
    @ParameterizedTest
    @CsvSource({
        "imagenet1k, 1000, 80",
        "imagenetv2, 1000, 80",
        "imagenet_sketch, 1000, 80",
        "imagenet-a, 200, 80",
        "imagenet-r, 200, 80",
        "cifar10, 10, 18",
        "cifar100, 100, 18",
        "food101, 101, 1",
        "sun397, 397, 2",
        "cars, 196, 8",
        "fgvc_aircraft, 100, 2",
        "dtd, 47, 8",
        "pets, 37, 1",
        "caltech101, 102, 34",
        "vtab/caltech101, 102, 34",
        "flowers, 102, 1",
        "mnist, 10, 1",
        "svhn, 10, 6",
        "gtsrb, 43, 3",
        "eurosat, 10, 3",
        "vtab/resisc45, 45, 4",
        "voc2007, 20, 1",
        "pcam, 2, 2",
        "country211, 211, 5",
        "fer2013, 7, 6",
        "stl10, 10, 2",
        "fashion_mnist, 10, 80",
        "renderedsst2, 2, 1"
    })
    void setsHaveTheirClassesAndTemplates(String name, int classes, int templates) {
        ZeroShotSet set = ZeroShotSet.named(name);
        assertEquals(classes, set.classNames().size());
        assertEquals(templates, set.templates().templates().size());
    }

    @Test
    void everySetCanBeLoadedAndItsNamesAreInWords() {
        for (String name : ZeroShotSet.names()) {
            for (String className : ZeroShotSet.named(name).classNames()) {
                assertFalse(className.isBlank() || className.contains("_"), name + ": " + className);
                assertEquals(className.strip(), className, name);
            }
        }
    }

    @Test
    void imageNetsNumbersFollowItsWordNetIds() {
        ZeroShotSet set = ZeroShotSet.named("imagenet1k");
        assertEquals(set.folders().stream().sorted().toList(), set.folders());
        assertEquals(1000, new HashSet<>(set.folders()).size());
        assertEquals("tench", set.classNames().get(set.folders().indexOf("n01440764")));
        assertEquals("toilet paper", set.classNames().get(set.folders().indexOf("n15075141")));
        assertEquals(PromptTemplates.openAiImageNet(), set.templates());
    }

    @Test
    void partsOfImageNetKeepItsNames() {
        ZeroShotSet whole = ZeroShotSet.named("imagenet1k");
        for (String name : List.of("imagenet-a", "imagenet-r")) {
            ZeroShotSet part = ZeroShotSet.named(name);
            for (int number = 0; number < part.folders().size(); number++) {
                int inWhole = whole.folders().indexOf(part.folders().get(number));
                assertEquals(whole.classNames().get(inWhole), part.classNames().get(number));
            }
        }
        assertEquals("n01498041", ZeroShotSet.named("imagenet-a").folders().get(0));
    }

    @Test
    void anUnknownNameIsAnErrorThatListsTheKnown() {
        String message = assertThrows(IllegalArgumentException.class, () -> ZeroShotSet.named("imagenet"))
                .getMessage();
        assertTrue(message.contains("'imagenet'") && message.contains("imagenet1k, imagenet_sketch"), message);
    }

    @Test
    void aSetWithOneClassIsRefused() {
        PromptTemplates photo = PromptTemplates.photo();
        assertThrows(IllegalArgumentException.class, () -> new ZeroShotSet("x", List.of("cat"), photo, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ZeroShotSet("x", List.of("cat", "dog"), photo, List.of("n01")));
    }
}
