/** What applying a project would change and why, and what there is: plan and catalog. */
@NullMarked
package dev.penstock.platform.plan;

import org.jspecify.annotations.NullMarked;
