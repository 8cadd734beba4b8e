/** What a frozen backbone says of each image, computed once and kept in a file. */
package io.octnet.features;
