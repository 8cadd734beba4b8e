/**
 * HDF5, as far as weight files need it: a writer of the 1.0 format that every reader understands,
 * and a reader that trusts nothing. The jhdf library is used here and nowhere else.
 *
 * <p>Building and writing: {@link io.octnet.hdf5.GroupNode}, {@link io.octnet.hdf5.DatasetNode},
 * {@link io.octnet.hdf5.Hdf5Writer}. Reading: {@link io.octnet.hdf5.Hdf5File}, {@link
 * io.octnet.hdf5.Hdf5Group}, {@link io.octnet.hdf5.Hdf5Dataset}.
 */
package io.octnet.hdf5;
