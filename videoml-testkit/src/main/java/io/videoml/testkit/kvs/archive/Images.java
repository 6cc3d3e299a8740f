package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * GetImages: pictures of a range at even distances, page by page.
 *
 * <p>Threading: all methods from any thread.
 */
public final class Images {
  private static final int PAGE = 25;
  private static final int MOST = 100;

  private final ServiceContext context;

  /** Makes pictures from the streams of the context. */
  public Images(ServiceContext context) {
    this.context = context;
  }

  /** Answers a request. */
  public Map<String, Object> answer(Parameters parameters) throws ServiceException, IOException {
    StoredStream stream = Archive.kept(context.stream(parameters.stream()));
    TimeRange range = TimeRange.of(parameters.requiredText("ImageSelectorType"), parameters);
    int interval = parameters.number("SamplingInterval", 200, 20_000, 3_000);
    int most = parameters.number("MaxResults", 1, MOST, PAGE);
    String format = parameters.requiredText("Format");
    if (!format.equals("JPEG") && !format.equals("PNG")) {
      throw ServiceException.invalid("Format must be JPEG or PNG, was " + format);
    }
    Instant at = start(parameters, range);
    List<Map<String, Object>> images = new ArrayList<>();
    List<StoredFragment> fragments = range.touching(stream.fragments());
    while (images.size() < Math.min(most, PAGE) && !at.isAfter(range.end())) {
      images.add(image(range, fragments, at, format));
      at = at.plusMillis(interval);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Images", images);
    if (!at.isAfter(range.end())) {
      answer.put("NextToken", Long.toString(at.toEpochMilli()));
    }
    return answer;
  }

  private static Instant start(Parameters parameters, TimeRange range) throws ServiceException {
    String token = parameters.text("NextToken").orElse("");
    try {
      return token.isEmpty() ? range.start() : Instant.ofEpochMilli(Long.parseLong(token));
    } catch (NumberFormatException e) {
      throw ServiceException.invalid("NextToken is not of GetImages");
    }
  }

  private static Map<String, Object> image(
      TimeRange range, List<StoredFragment> fragments, Instant at, String format)
      throws ServiceException, IOException {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("TimeStamp", BigDecimal.valueOf(at.toEpochMilli(), 3));
    for (StoredFragment fragment : fragments) {
      Duration within = Duration.between(range.time(fragment), at);
      if (within.isNegative() || within.compareTo(fragment.duration()) >= 0) {
        continue;
      }
      try (FfmpegCommand ffmpeg = FfmpegCommand.over(List.of(fragment))) {
        String seconds = String.format(Locale.ROOT, "%.3f", within.toMillis() / 1000.0);
        byte[] picture =
            Files.readAllBytes(
                ffmpeg.run(
                    format.equals("JPEG") ? "image.jpg" : "image.png",
                    "-vf",
                    "setpts=PTS-STARTPTS,select=gte(t\\," + seconds + "-0.02)",
                    "-frames:v",
                    "1"));
        image.put("ImageContent", Base64.getEncoder().encodeToString(picture));
        return image;
      }
    }
    image.put("Error", "NO_MEDIA");
    return image;
  }
}
