package io.videoml.kvs.produce;

import java.util.Optional;

/**
 * What a writer did so far.
 *
 * @param framesPut pictures that it took
 * @param framesSkipped pictures that it did not take: before the first key frame, or before the
 *     parameter sets that they need
 * @param framesPersisted pictures that are stored
 * @param framesDropped pictures of fragments that were given up
 * @param fragmentsPersisted fragments that are stored
 * @param fragmentsDropped fragments that were given up
 * @param fragmentsResent how often a fragment was sent again
 * @param possibleDuplicates how many of these may be stored twice
 * @param sessions how many sessions the service accepted
 * @param bytesSent bytes of media given to the network, repetitions included
 * @param pendingFragments fragments that wait to be stored
 * @param pendingBytes their length
 * @param memoryBytes how much of it lies in memory
 * @param lastError the last error, even if all is well since
 */
public record ProducerStatistics(
    long framesPut,
    long framesSkipped,
    long framesPersisted,
    long framesDropped,
    long fragmentsPersisted,
    long fragmentsDropped,
    long fragmentsResent,
    long possibleDuplicates,
    long sessions,
    long bytesSent,
    int pendingFragments,
    long pendingBytes,
    long memoryBytes,
    Optional<String> lastError) {}
