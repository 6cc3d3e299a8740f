/** What can go wrong with the stand-in on request. Knows the package http. */
@NullMarked
package io.videoml.testkit.kvs.faults;

import org.jspecify.annotations.NullMarked;
