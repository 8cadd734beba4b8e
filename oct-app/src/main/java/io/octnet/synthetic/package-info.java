/**
 * Drawn OCT scans: layered retinas with a foveal pit, speckle, and the four findings. They let
 * every command run on a machine without data; what is learnt from them says nothing about eyes.
 */
package io.octnet.synthetic;
