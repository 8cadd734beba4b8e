/**
 * The command line, a class a command: parse, call one service, report. Results go to stdout,
 * everything else to stderr; an error of the user's is one line.
 */
package io.octnet.cli;
