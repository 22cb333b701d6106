package io.github.spencerpark.ijava;

/** Stands for the main class of the kernel IJava, whose presence tells that cells run in it. */
public final class IJava {
    private IJava() {}
}
