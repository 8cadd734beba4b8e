/**
 * Reads what OCT devices store as DICOM (PS3.3, PS3.5, PS3.10): the few attributes that a picture
 * needs, and the frames one by one, in constant memory.
 *
 * <p>A reader of our own, because none fits: dcm4che is not on Maven Central, and ImageJ's {@code
 * net.imagej:ij} reads neither deflated nor RLE nor JPEG files, and believes the sizes that a
 * header declares. Dates and all else that a data set says of a person are skipped unread, the
 * patient's id and name apart, of which nothing leaves this program but a keyed hash.
 */
package io.octnet.dicom;
