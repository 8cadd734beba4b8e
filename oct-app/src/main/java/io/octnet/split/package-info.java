/**
 * Which scans train, which validate and which test: by patient, by image, or from a file; and what
 * leaks between them.
 */
package io.octnet.split;
