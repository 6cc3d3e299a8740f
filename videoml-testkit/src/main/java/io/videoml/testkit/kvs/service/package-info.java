/**
 * What the operations of the stand-in have in common: limits, errors, parameters, the log of
 * requests. Knows the packages store and faults, and Jackson.
 */
@NullMarked
package io.videoml.testkit.kvs.service;

import org.jspecify.annotations.NullMarked;
