/**
 * Contracts, fakes and sample media for testing pipelines without a camera.
 *
 * <p>An implementation extends the contract of its interface; an application uses the fakes. Meant
 * for test scope. May depend on core, JUnit and AssertJ.
 */
@NullMarked
package io.videoml.testkit;

import org.jspecify.annotations.NullMarked;
