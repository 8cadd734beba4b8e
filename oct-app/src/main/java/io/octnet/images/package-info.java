/**
 * From bytes to batches: decode, turn upright, resize as OpenCV does, keep as bytes, augment, hand
 * over as float32 NHWC. Every image is decoded and resized once, whatever the number of epochs.
 */
package io.octnet.images;
