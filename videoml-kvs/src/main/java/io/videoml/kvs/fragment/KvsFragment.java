package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one fragment, without its frames.
 *
 * @param index its place among the fragments of the reader, from 0
 * @param number the service's number; null where the document has none, as what a producer sends
 * @param producerTime when the producer began it, by its clock; null where unknown
 * @param serverTime when the service received it; null where unknown
 * @param millisBehindNow how far it is behind the newest of the stream; empty where unknown
 * @param continuation the token that ends a complete fragment of GetMedia; null before it came, or
 *     where it is no number
 * @param tags the producer's own, without those that the service wrote, in the order of the
 *     document; of one name, the last
 * @param tracks in the order of the document
 * @param clusterTimecodeNanos the producer's time of the cluster, 0 before it is known: a frame was
 *     taken as long after {@code producerTime} as its own timecode is after this one
 * @param error what the service put into the stream in its place; null as a rule
 * @param complete whether it is known that nothing of it is missing; see {@link FragmentReader}
 * @param frames how many whole frames came of it so far
 * @param bytes how long it is so far, from its document's first byte, or its cluster's where the
 *     document has more than one fragment
 */
public record KvsFragment(
    long index,
    @Nullable FragmentNumber number,
    @Nullable Instant producerTime,
    @Nullable Instant serverTime,
    OptionalLong millisBehindNow,
    @Nullable FragmentNumber continuation,
    Map<String, String> tags,
    List<KvsTrack> tracks,
    long clusterTimecodeNanos,
    @Nullable ServiceError error,
    boolean complete,
    int frames,
    long bytes) {
  public KvsFragment {
    requireNonNull(millisBehindNow, "millisBehindNow");
    tags = tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    tracks = List.copyOf(tracks);
  }

  /** Returns the first track that holds pictures. */
  public Optional<KvsTrack> video() {
    return tracks.stream().filter(track -> track.type() == KvsTrack.Type.VIDEO).findFirst();
  }
}
