/** Several runs side by side, and the article's beside them. */
package io.octnet.comparison;
