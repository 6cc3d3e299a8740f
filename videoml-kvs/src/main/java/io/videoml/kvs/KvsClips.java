package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetHlsStreamingSessionUrlRequest;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.HLSFragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.HLSPlaybackMode;

/**
 * What the service makes of a stream's archive by itself: MP4 files, images, HLS. It takes H.264
 * and H.265 whose private data came with the fragments, and a stream whose retention is not 0.
 *
 * <p>Each call is one attempt, and blocks; an interrupt of the calling thread ends it, and stays
 * set. All throw {@code SourceException} where the service refuses or does not answer.
 *
 * <p>Threading: immutable.
 */
public final class KvsClips {
  private static final Duration SHORTEST_SESSION = Duration.ofMinutes(5);
  private static final Duration LONGEST_SESSION = Duration.ofHours(12);

  private final KvsStream stream;
  private final KvsConnection connection;

  private KvsClips(KvsStream stream, KvsConnection connection) {
    this.stream = stream;
    this.connection = connection;
  }

  /**
   * Returns what the service can make of a stream.
   *
   * @param stream a name, or an ARN
   * @throws IllegalArgumentException if it is neither
   */
  public static KvsClips of(String stream, KvsConnection connection) {
    return new KvsClips(new KvsStream(stream), requireNonNull(connection, "connection"));
  }

  /**
   * Has the service put a range into one MP4 file: 200 fragments and 100 MB at most. A file of that
   * name is replaced once all has come, and kept otherwise.
   *
   * @return its size in bytes
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public long clip(KvsRange range, Path file) {
    requireNonNull(range, "range");
    requireNonNull(file, "file");
    return ClipDownload.save(stream, connection, id(), range, file);
  }

  /**
   * Has the service make images of a range, and hands them over one by one, in the order of time.
   *
   * @param most after how many it ends
   * @param to takes them, those that could not be made as well; what it throws passes through
   */
  public void images(KvsRange range, KvsImageFormat format, int most, Consumer<KvsImage> to) {
    requireNonNull(range, "range");
    requireNonNull(format, "format");
    requireNonNull(to, "to");
    if (most < 1) {
      throw new IllegalArgumentException("most must be 1 or more, was " + most);
    }
    ImagePages.read(stream, connection, id(), range, format, most, to);
  }

  /**
   * Opens a session to play what is recorded now, and goes on being.
   *
   * @param time how long the address is good for, 5 minutes to 12 hours
   */
  public KvsPlaylist live(Duration time) {
    return playlist(hls(HLSPlaybackMode.LIVE, time));
  }

  /**
   * Opens a session to play what was recorded from a moment on, at the pace of the camera.
   *
   * @param time how long the address is good for, 5 minutes to 12 hours
   */
  public KvsPlaylist replay(CaptureClock clock, Instant from, Duration time) {
    KvsRange start = new KvsRange(clock, from, from);
    return playlist(
        hls(HLSPlaybackMode.LIVE_REPLAY, time)
            .hlsFragmentSelector(
                selector ->
                    selector
                        .fragmentSelectorType(selectorType(start))
                        .timestampRange(times -> times.startTimestamp(from))));
  }

  /**
   * Opens a session to play a range, in which one may go back and forth.
   *
   * @param time how long the address is good for, 5 minutes to 12 hours
   */
  public KvsPlaylist onDemand(KvsRange range, Duration time) {
    requireNonNull(range, "range");
    return playlist(
        hls(HLSPlaybackMode.ON_DEMAND, time)
            .hlsFragmentSelector(
                selector ->
                    selector
                        .fragmentSelectorType(selectorType(range))
                        .timestampRange(
                            times -> times.startTimestamp(range.from()).endTimestamp(range.to()))));
  }

  private static GetHlsStreamingSessionUrlRequest.Builder hls(HLSPlaybackMode mode, Duration time) {
    if (time.compareTo(SHORTEST_SESSION) < 0 || time.compareTo(LONGEST_SESSION) > 0) {
      throw new IllegalArgumentException(
          "a session must last 5 minutes to 12 hours, was to last " + time);
    }
    return GetHlsStreamingSessionUrlRequest.builder()
        .playbackMode(mode)
        .expires((int) time.toSeconds());
  }

  private KvsPlaylist playlist(GetHlsStreamingSessionUrlRequest.Builder request) {
    stream.name().ifPresent(request::streamName);
    stream.arn().ifPresent(request::streamARN);
    try (OneCall call = new OneCall(stream, connection, id())) {
      String address =
          call.await(
                  APIName.GET_HLS_STREAMING_SESSION_URL,
                  (archive, at) ->
                      archive.getHLSStreamingSessionURL(request.overrideConfiguration(at).build()))
              .hlsStreamingSessionURL();
      return new KvsPlaylist(call.address(address));
    }
  }

  private static HLSFragmentSelectorType selectorType(KvsRange range) {
    return range.clock() == CaptureClock.KVS_SERVER
        ? HLSFragmentSelectorType.SERVER_TIMESTAMP
        : HLSFragmentSelectorType.PRODUCER_TIMESTAMP;
  }

  private String id() {
    return "kvs://" + stream.shortName();
  }

  @Override
  public String toString() {
    return "KvsClips[" + id() + "]";
  }
}
