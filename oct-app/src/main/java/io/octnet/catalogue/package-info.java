/**
 * What is in a folder of scans: the files of each class, whose they are, and what their bytes and
 * pixels hash to; and what was left out, with the reason.
 */
package io.octnet.catalogue;
