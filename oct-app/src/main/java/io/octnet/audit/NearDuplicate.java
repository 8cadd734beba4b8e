package io.octnet.audit;

/**
 * Two files that show one and the same scan without being equal: compressed again, cropped,
 * brightened, scaled or mirrored.
 *
 * @param mirrored whether one is the other's mirror image
 * @param similarity median correlation of their speckle, {@link SpeckleMatch#COPY} to 1
 * @param severalClasses whether they lie in different class folders
 */
public record NearDuplicate(
    String first, String second, boolean mirrored, double similarity, boolean severalClasses) {}
