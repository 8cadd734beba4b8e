/** Other engines on the jobs that octnet is measured by; each runs in a JVM of its own. */
package io.octnet.peers;
