package io.videoml.kvs.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** What the service allows of tags, and the tags that it acts on. */
final class FragmentTags {
  static final String IMAGES = "AWS_KINESISVIDEO_IMAGE_GENERATION";
  static final String IMAGE_PREFIX = "AWS_KINESISVIDEO_IMAGE_PREFIX";
  static final String NOTIFICATION = "AWS_KINESISVIDEO_NOTIFICATION";
  static final int MOST = 8; // the service's ten, less the mark of duplicates and the end
  private static final int NAME_BYTES = 128;
  private static final int VALUE_BYTES = 256;

  private FragmentTags() {}

  /**
   * @throws IllegalArgumentException if the service would refuse it
   */
  static void check(String name, String value) {
    int length = requireNonNull(name, "name").getBytes(UTF_8).length;
    if (length < 1
        || length > NAME_BYTES
        || name.toUpperCase(Locale.ROOT).startsWith("AWS")
        || name.equals(KvsProducer.DUPLICATE_TAG)) {
      throw new IllegalArgumentException(
          "a tag's name has 1 to %d bytes, does not begin with AWS, and is not %s, was \"%s\""
              .formatted(NAME_BYTES, KvsProducer.DUPLICATE_TAG, name));
    }
    checkValue(value);
  }

  static void checkValue(String value) {
    int length = requireNonNull(value, "value").getBytes(UTF_8).length;
    if (length > VALUE_BYTES) {
      throw new IllegalArgumentException(
          "a tag's value has at most %d bytes, had %d".formatted(VALUE_BYTES, length));
    }
  }
}
