/**
 * One PutMedia call: bytes go out while acknowledgements come in. Start at {@link
 * io.videoml.kvs.putmedia.PutMediaService}. Serves {@code io.videoml.kvs.produce}, and may change.
 * Depends on {@code io.videoml.kvs.client} and the SDK.
 */
@NullMarked
package io.videoml.kvs.putmedia;

import org.jspecify.annotations.NullMarked;
