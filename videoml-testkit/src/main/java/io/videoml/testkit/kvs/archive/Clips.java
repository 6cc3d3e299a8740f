package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.faults.FaultException;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;

/**
 * GetClip: the fragments of a range as one MP4, not encoded again.
 *
 * <p>Threading: all methods from any thread.
 */
public final class Clips {
  private static final int MOST_FRAGMENTS = 200;
  private static final long MOST_BYTES = 100_000_000;

  private final ServiceContext context;

  /** Makes clips from the streams of the context. */
  public Clips(ServiceContext context) {
    this.context = context;
  }

  /** Answers a request. */
  public void serve(HttpExchange exchange, Parameters parameters, RequestFaults faults)
      throws ServiceException, IOException {
    StoredStream stream = Archive.kept(context.stream(parameters.stream()));
    Parameters selector =
        parameters
            .object("ClipFragmentSelector")
            .orElseThrow(() -> ServiceException.invalid("ClipFragmentSelector is missing"));
    Parameters range =
        selector
            .object("TimestampRange")
            .orElseThrow(() -> ServiceException.invalid("TimestampRange is missing"));
    List<StoredFragment> found =
        TimeRange.of(selector.requiredText("FragmentSelectorType"), range)
            .touching(stream.fragments());
    if (found.isEmpty()) {
      throw new ServiceException(
          404, "ResourceNotFoundException", "no fragments in the range of the clip");
    }
    long bytes = found.stream().mapToLong(StoredFragment::size).sum();
    if (found.size() > MOST_FRAGMENTS || bytes > MOST_BYTES) {
      throw ServiceException.invalid(
          "a clip has at most 200 fragments and 100 MB; the range has %d and %d bytes"
              .formatted(found.size(), bytes));
    }
    byte[] clip;
    try (FfmpegCommand ffmpeg = FfmpegCommand.over(found)) {
      clip =
          Files.readAllBytes(
              ffmpeg.run("clip.mp4", "-map", "0", "-c", "copy", "-movflags", "+faststart"));
    }
    try (OutputStream out =
        exchange.stream(200, List.of(new HttpHeader("Content-Type", "video/mp4")))) {
      faults.answer(exchange, out).write(clip);
    } catch (FaultException e) {
      if (!e.inOrder()) {
        throw e;
      }
    }
  }
}
