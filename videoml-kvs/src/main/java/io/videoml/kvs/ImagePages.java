package io.videoml.kvs;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.FormatConfigKey;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetImagesRequest;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetImagesResponse;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Image;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ImageSelectorType;

/** GetImages, page after page. */
final class ImagePages {
  /** The most that a page has. */
  private static final int PAGE = 25;

  /** Empty pages in a row that are believed. */
  private static final int EMPTY = 20;

  private ImagePages() {}

  static void read(
      KvsStream stream,
      KvsConnection connection,
      String who,
      KvsRange range,
      KvsImageFormat format,
      int most,
      Consumer<KvsImage> to) {
    GetImagesRequest.Builder request = request(stream, range, format);
    try (OneCall call = new OneCall(stream, connection, who)) {
      Function<GetImagesRequest.Builder, GetImagesResponse> pages =
          one ->
              call.await(
                  APIName.GET_IMAGES,
                  (archive, at) -> archive.getImages(one.overrideConfiguration(at).build()));
      read(request, pages, who, most, to);
    }
  }

  /** Reads the pages of a service. */
  static void read(
      GetImagesRequest.Builder request,
      Function<GetImagesRequest.Builder, GetImagesResponse> service,
      String who,
      int most,
      Consumer<KvsImage> to) {
    @Nullable String next = null;
    int left = most;
    int empty = 0;
    do {
      request.nextToken(next).maxResults((long) Math.min(left, PAGE));
      GetImagesResponse page = service.apply(request);
      empty = page.images().isEmpty() ? empty + 1 : 0;
      if (empty > EMPTY) {
        throw new SourceException(
            Kind.NETWORK, who, "the service gives pages without images on and on");
      }
      for (Image image : page.images()) {
        if (left > 0) {
          to.accept(image(image, who));
          left--;
        }
      }
      next = page.nextToken();
    } while (next != null && !next.isEmpty() && left > 0);
  }

  private static GetImagesRequest.Builder request(
      KvsStream stream, KvsRange range, KvsImageFormat format) {
    GetImagesRequest.Builder request =
        GetImagesRequest.builder()
            .imageSelectorType(
                range.clock() == CaptureClock.KVS_SERVER
                    ? ImageSelectorType.SERVER_TIMESTAMP
                    : ImageSelectorType.PRODUCER_TIMESTAMP)
            .startTimestamp(range.from())
            .endTimestamp(range.to())
            .samplingInterval((int) format.every().toMillis())
            .format(format.type().name());
    if (format.type() == KvsImageFormat.Type.JPEG) {
      request.formatConfig(
          Map.of(FormatConfigKey.JPEG_QUALITY, Integer.toString(format.quality())));
    }
    if (format.width() > 0) {
      request.widthPixels(format.width());
    }
    if (format.height() > 0) {
      request.heightPixels(format.height());
    }
    stream.name().ifPresent(request::streamName);
    stream.arn().ifPresent(request::streamARN);
    return request;
  }

  private static KvsImage image(Image image, String who) {
    @Nullable String content = image.imageContent();
    Optional<String> error = Optional.ofNullable(image.errorAsString());
    try {
      return new KvsImage(
          image.timeStamp(),
          ByteBuffer.wrap(
              content == null || error.isPresent()
                  ? new byte[0]
                  : Base64.getDecoder().decode(content)),
          content == null && error.isEmpty() ? Optional.of("NO_MEDIA") : error);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          Kind.CORRUPT, who, "the image of " + image.timeStamp() + " is no base 64", e);
    }
  }
}
