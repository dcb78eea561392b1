/** JSON token by token, and the values of columns in it. */
@NullMarked
package dev.penstock.app.json;

import org.jspecify.annotations.NullMarked;
