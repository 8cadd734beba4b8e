/**
 * Looks for what makes results untrustworthy before anything is trained: damaged files, duplicates,
 * patients on both sides, classes that are told by something else than the retina.
 *
 * <p>{@link io.octnet.audit.Findings} is the fast part, from the catalogue alone; {@link
 * io.octnet.audit.Audit} adds what needs the pixels.
 */
package io.octnet.audit;
