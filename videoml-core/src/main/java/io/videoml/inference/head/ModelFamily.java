package io.videoml.inference.head;

import io.videoml.inference.HeadFactory;
import io.videoml.inference.ModelHead;
import io.videoml.inference.ModelSetup;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Model families whose output the library can read. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to static methods
public enum ModelFamily implements HeadFactory {
  /** YOLOv5 and its relatives: {@code [N, A, 5+C]}, boxes decoded, with objectness. */
  YOLOV5(YoloHead::isV5, YoloHead::v5),
  /** YOLOv8, v9, v11: {@code [N, 4+C, A]}; also transposed, and with a leading objectness. */
  YOLOV8(YoloHead::isV8, YoloHead::v8),
  /** YOLOv10, YOLO26: {@code [N, 300, 6]}, at most one box an object. */
  YOLOV10(EndToEndHead::fits, EndToEndHead::new),
  /** YOLOX as its authors export it: {@code [N, A, 5+C]}, boxes relative to grid cells. */
  YOLOX(YoloxHead::fits, YoloxHead::new),
  /** NanoDet: one output of classes and one of side distributions for each stride. */
  NANODET(NanoDetHead::fits, NanoDetHead::new),
  /** RT-DETR, D-FINE, DEIM: labels, boxes and scores, or logits and boxes. */
  DETR(DetrHead::fits, DetrHead::bind),
  /** SSD with its suppression inside: TensorFlow's or Torchvision's outputs. */
  SSD(SsdHead::fits, SsdHead::new),
  /** The Ultra-Light-Fast face detector: {@code [N, A, 2]} scores and {@code [N, A, 4]} boxes. */
  ULTRAFACE(UltraFaceHead::fits, UltraFaceHead::new),
  /** YuNet: class, objectness and box for each of three strides. */
  YUNET(YuNetHead::fits, YuNetHead::new),
  /**
   * Whichever of the others the model's metadata, and the names and shapes of its inputs and
   * outputs, stand for; where that is none or several, binding fails and says what was seen.
   */
  AUTO(setup -> false, ModelFamily::recognize);

  private final Predicate<ModelSetup> recognizer;
  private final HeadFactory factory;

  ModelFamily(Predicate<ModelSetup> recognizer, HeadFactory factory) {
    this.recognizer = recognizer;
    this.factory = factory;
  }

  /**
   * Returns the family of that name, as in {@code "yolov8"}, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static ModelFamily named(String name) {
    return families()
        .filter(family -> family.toString().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no head is named " + name + "; there are " + families().toList()));
  }

  @Override
  public ModelHead bind(ModelSetup setup) {
    return factory.bind(setup);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Stream<ModelFamily> families() {
    return Arrays.stream(values());
  }

  private static ModelHead recognize(ModelSetup setup) {
    List<ModelFamily> matches = families().filter(family -> family.recognizer.test(setup)).toList();
    if (matches.size() == 1) {
      return matches.get(0).bind(setup);
    }
    String seen =
        matches.isEmpty()
            ? "no head is known for the outputs "
            : "heads " + matches + " fit the outputs ";
    throw setup.unfit(
        seen
            + setup.model().outputs()
            + "; choose one of "
            + families().filter(family -> family != AUTO).toList()
            + ", or write a ModelHead");
  }
}
