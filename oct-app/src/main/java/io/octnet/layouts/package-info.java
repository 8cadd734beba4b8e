/**
 * The ways in which scans lie in folders, tables and archives, each read into one {@link
 * io.octnet.layouts.Listing}: which file is of which class, and, where the layout says it, of which
 * patient, eye and volume. No picture is decoded here.
 *
 * <p>{@link io.octnet.layouts.ScanTree} walks a folder, {@link io.octnet.layouts.Layouts}
 * recognises what it is.
 */
package io.octnet.layouts;
