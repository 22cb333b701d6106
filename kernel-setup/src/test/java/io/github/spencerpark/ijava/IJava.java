package io.github.spencerpark.ijava;

import com.google.gson.JsonParser;
import org.apache.commons.lang3.StringUtils;

/**
 * Stands for the main class of the kernel IJava, whose presence tells that cells run in it. Started as a program it asks
 * of the libraries on its class path what those in IJava's jar are too old for.
 */
public final class IJava {
    private IJava() {}

    /** @param arguments the connection file, as a kernel gets it */
    public static void main(String[] arguments) {
        System.out.println(arguments[0] + JsonParser.parseString("[1]") + StringUtils.getIfEmpty("", () -> " filled"));
    }
}
