package io.videoml.gstreamer;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns one native pipeline, from making to its last reference. It is never reused: after a failure
 * comes another.
 *
 * <p>Threading: one thread, but for samples, which may be pulled from its sinks by another.
 */
final class Pipe implements AutoCloseable {
  private static final int FATAL_ERRORS = 1;
  private static final int MAX_CHANGES = 100;

  private final long pipeline;
  private final long bus;
  private final List<Long> elements = new ArrayList<>();

  private Pipe(long pipeline) {
    this.pipeline = pipeline;
    this.bus = Gst.gst_element_get_bus(pipeline);
  }

  /**
   * Makes the pipeline of a launch description.
   *
   * @throws SourceException if an element is missing, or the description is wrong
   */
  static Pipe parse(String description, String id, Redaction redaction) {
    long[] error = new long[1];
    long parsed = Gst.gst_parse_launch_full(description, 0, FATAL_ERRORS, error);
    if (error[0] != 0) {
      String text = redaction.apply(Natives.message(error[0]));
      if (parsed != 0) {
        Gst.gst_object_unref(Gst.gst_object_ref_sink(parsed));
      }
      throw Packages.missingIn(text)
          .map(missing -> new SourceException(Kind.UNSUPPORTED, id, missing))
          .orElseGet(
              () ->
                  new SourceException(
                      Kind.CONFIGURATION, id, "the launch description is wrong: " + text));
    }
    return new Pipe(Gst.gst_object_ref_sink(parsed));
  }

  /** Returns the element of this name, which stays the pipeline's. */
  long element(String name) {
    long element = Gst.gst_bin_get_by_name(pipeline, name);
    if (element == 0) {
      throw new IllegalStateException("the pipeline has no element named " + name);
    }
    elements.add(element);
    return element;
  }

  /** Starts it; a failure is on the bus. */
  boolean play() {
    return Gst.gst_element_set_state(pipeline, Gst.STATE_PLAYING) != Gst.STATE_CHANGE_FAILURE;
  }

  /** Returns the next message that matters, waiting for it so long; null where none came. */
  @Nullable Message pop(long timeoutNanos) {
    long message =
        Gst.gst_bus_timed_pop_filtered(
            bus,
            timeoutNanos,
            Gst.MESSAGE_ERROR | Gst.MESSAGE_WARNING | Gst.MESSAGE_ELEMENT | Gst.MESSAGE_EOS);
    return message == 0 ? null : Message.take(message);
  }

  /** Visits every element in it, those that came later included. */
  void forEach(LongConsumer visitor) {
    List<Long> found = new ArrayList<>();
    try {
      collect(found);
      found.forEach(visitor::accept);
    } finally {
      found.forEach(Gst::gst_object_unref);
    }
  }

  /** Takes a reference to every element, from the start again where one came meanwhile. */
  private void collect(List<Long> found) {
    long iterator = Gst.gst_bin_iterate_recurse(pipeline);
    try (Memory value = Props.value()) {
      long address = Pointer.nativeValue(value);
      int changes = 0;
      while (true) {
        int result = Gst.gst_iterator_next(iterator, address);
        if (result == Gst.ITERATOR_OK) {
          found.add(GObjects.g_object_ref(GObjects.g_value_get_object(address)));
          GObjects.g_value_unset(address);
          value.clear();
        } else if (result == Gst.ITERATOR_RESYNC && changes++ < MAX_CHANGES) {
          found.forEach(Gst::gst_object_unref);
          found.clear();
          Gst.gst_iterator_resync(iterator);
        } else {
          return;
        }
      }
    } finally {
      Gst.gst_iterator_free(iterator);
    }
  }

  /** Stops it; reads that wait on its sinks return. */
  void stop() {
    Gst.gst_element_set_state(pipeline, Gst.STATE_NULL);
  }

  /** Stops it and frees it; nobody may use its elements any more. */
  @Override
  public void close() {
    stop();
    elements.forEach(Gst::gst_object_unref);
    elements.clear();
    Gst.gst_object_unref(bus);
    Gst.gst_object_unref(pipeline);
  }
}
