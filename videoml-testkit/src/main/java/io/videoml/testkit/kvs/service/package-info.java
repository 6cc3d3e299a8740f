/**
 * The service's operations, its limits and its errors, for the stand-in. Knows the packages beside
 * it, and Jackson.
 */
@NullMarked
package io.videoml.testkit.kvs.service;

import org.jspecify.annotations.NullMarked;
