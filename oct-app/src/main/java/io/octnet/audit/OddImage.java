package io.octnet.audit;

/** An image that can be read but is unlike a scan, or unlike the others. */
public record OddImage(String file, String reason) {}
