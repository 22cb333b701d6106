package org.glip.notebook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * What cells have shown, in place of a notebook's page: the stand-in for a kernel writes on it. Says the same on the
 * console, in text.
 */
public final class Page {
    private static final Pattern PICTURE =
            Pattern.compile("<img alt=\"[^\"]{5,}\" src=\"data:image/png;base64,([^\"]+)\"");

    private static Page current = new Page();

    private final Map<String, Place> places = new LinkedHashMap<>();
    private int cell;

    private Page() {}

    /** What a value looks like on a page. */
    enum Form {
        /** HTML with a table in it. */
        TABLE,
        /** HTML with a picture in it, which says in words what it shows. */
        PICTURE
    }

    private record Place(int cell, Rich content) {}

    /** The page on which values are shown now. */
    public static synchronized Page current() {
        return current;
    }

    /** An empty page, which is the current one from now on. */
    static synchronized Page open() {
        current = new Page();
        return current;
    }

    /** What is shown from now on belongs to this cell. */
    synchronized void beginCell(int number) {
        cell = number;
    }

    /** Shows a value below what has been shown before. */
    public synchronized String show(Object value) {
        String id = "place-" + places.size();
        places.put(id, new Place(cell, said(value)));
        return id;
    }

    /** Replaces a value where it stands, be it under an earlier cell. */
    public synchronized void update(String id, Object value) {
        Place before = places.get(id);
        if (before == null) {
            throw new IllegalArgumentException("nothing was shown as " + id);
        }
        places.put(id, new Place(before.cell, said(value)));
    }

    private static Rich said(Object value) {
        Rich rich = Rich.of(value);
        System.out.println(rich.text());
        return rich;
    }

    /** The texts that stand on the page, from top to bottom. */
    synchronized List<String> texts() {
        List<String> texts = new ArrayList<>();
        places.values().forEach(place -> texts.add(place.content.text()));
        return texts;
    }

    /** The forms of what stands under a cell. */
    synchronized Set<Form> forms(int number) {
        Set<Form> forms = EnumSet.noneOf(Form.class);
        for (Place place : places.values()) {
            if (place.cell == number) {
                forms.addAll(forms(place.content));
            }
        }
        return forms;
    }

    private static Set<Form> forms(Rich content) {
        Set<Form> forms = EnumSet.noneOf(Form.class);
        if (content.html() != null && isTable(content.html())) {
            forms.add(Form.TABLE);
        }
        if (content.html() != null && isPicture(content.html())) {
            forms.add(Form.PICTURE);
        }
        return forms;
    }

    static boolean isTable(String html) {
        return html.contains("<table") && html.contains("<td");
    }

    /** A picture has words for those who do not see it. */
    static boolean isPicture(String html) {
        Matcher picture = PICTURE.matcher(html);
        if (!picture.find()) {
            return false;
        }
        try {
            byte[] file = Base64.getDecoder().decode(picture.group(1));
            return ImageIO.read(new ByteArrayInputStream(file)) != null;
        } catch (IOException e) {
            throw new UncheckedIOException("a picture that is shown is damaged", e);
        }
    }
}
