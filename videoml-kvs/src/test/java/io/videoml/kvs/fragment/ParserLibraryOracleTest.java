package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.kinesisvideo.parser.ebml.EBMLTypeInfo;
import com.amazonaws.kinesisvideo.parser.ebml.InputStreamParserByteSource;
import com.amazonaws.kinesisvideo.parser.ebml.MkvTypeInfos;
import com.amazonaws.kinesisvideo.parser.mkv.Frame;
import com.amazonaws.kinesisvideo.parser.mkv.MkvDataElement;
import com.amazonaws.kinesisvideo.parser.mkv.MkvElement;
import com.amazonaws.kinesisvideo.parser.mkv.MkvElementVisitException;
import com.amazonaws.kinesisvideo.parser.mkv.MkvElementVisitor;
import com.amazonaws.kinesisvideo.parser.mkv.MkvEndMasterElement;
import com.amazonaws.kinesisvideo.parser.mkv.MkvStartMasterElement;
import com.amazonaws.kinesisvideo.parser.mkv.StreamingMkvReader;
import com.amazonaws.kinesisvideo.parser.utilities.FragmentMetadata;
import com.amazonaws.kinesisvideo.parser.utilities.FragmentMetadataVisitor;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Amazon's own parser finds the same in the recorded streams: frames, times, tags, numbers. */
@Timeout(60)
class ParserLibraryOracleTest {

  static List<Capture> captures() {
    return Capture.all().toList();
  }

  /** What the library finds; one entry for each cluster, and tags for each document. */
  private static final class Oracle extends MkvElementVisitor {
    private final List<Recorder.Frame> frames = new ArrayList<>();
    private final List<Long> clusterTimes = new ArrayList<>();
    private final List<Map<String, String>> tagsOfDocuments = new ArrayList<>();
    private final List<BigInteger> numbers = new ArrayList<>();
    private final List<Optional<String>> tokens = new ArrayList<>();
    private final List<Long> serverTimes = new ArrayList<>();
    private final List<Long> producerTimes = new ArrayList<>();
    private long scale = 1_000_000;
    private int framesBefore;
    private String tagName = "";

    @Override
    public void visit(MkvStartMasterElement element) {
      if (is(element, MkvTypeInfos.EBML)) {
        tagsOfDocuments.add(new LinkedHashMap<>());
      } else if (is(element, MkvTypeInfos.CLUSTER)) {
        framesBefore = frames.size();
      }
    }

    @Override
    public void visit(MkvEndMasterElement element) {}

    @Override
    public void visit(MkvDataElement element) {
      if (is(element, MkvTypeInfos.TIMECODESCALE)) {
        scale = ((BigInteger) element.getValueCopy().getVal()).longValueExact();
      } else if (is(element, MkvTypeInfos.TIMECODE)) {
        clusterTimes.add(((BigInteger) element.getValueCopy().getVal()).longValueExact() * scale);
      } else if (is(element, MkvTypeInfos.TAGNAME)) {
        tagName = (String) element.getValueCopy().getVal();
      } else if (is(element, MkvTypeInfos.TAGSTRING)) {
        String value = (String) element.getValueCopy().getVal();
        int end = value.indexOf('\0');
        tagsOfDocuments
            .get(tagsOfDocuments.size() - 1)
            .put(tagName, end < 0 ? value : value.substring(0, end));
      } else if (is(element, MkvTypeInfos.SIMPLEBLOCK)) {
        Frame frame = (Frame) element.getValueCopy().getVal();
        int cluster = clusterTimes.size() - 1;
        frames.add(
            new Recorder.Frame(
                cluster,
                frame.getTrackNumber(),
                frames.size() - framesBefore,
                clusterTimes.get(cluster) + frame.getTimeCode() * scale,
                frame.isKeyFrame(),
                frame.getFrameData().remaining(),
                Recorder.checksum(frame.getFrameData())));
      }
    }

    private static boolean is(MkvElement element, EBMLTypeInfo type) {
      return element.getElementMetaData().getTypeInfo().equals(type);
    }

    void fragment(FragmentMetadataVisitor metadata) {
      if (metadata.getCurrentFragmentMetadata().isEmpty()) {
        return;
      }
      FragmentMetadata fragment = metadata.getCurrentFragmentMetadata().get();
      if (numbers.isEmpty()
          || !numbers.get(numbers.size() - 1).equals(fragment.getFragmentNumber())) {
        numbers.add(fragment.getFragmentNumber());
        serverTimes.add(fragment.getServerSideTimestampMillis());
        producerTimes.add(fragment.getProducerSideTimestampMillis());
        tokens.add(Optional.empty());
      }
      tokens.set(tokens.size() - 1, fragment.getContinuationToken());
    }

    static Oracle read(byte[] stream) throws MkvElementVisitException {
      Oracle oracle = new Oracle();
      FragmentMetadataVisitor metadata = FragmentMetadataVisitor.create();
      StreamingMkvReader reader =
          StreamingMkvReader.createDefault(
              new InputStreamParserByteSource(new ByteArrayInputStream(stream)));
      try {
        while (reader.mightHaveNext()) {
          Optional<MkvElement> element = reader.nextIfAvailable();
          if (element.isPresent()) {
            element.get().accept(metadata);
            element.get().accept(oracle);
            oracle.fragment(metadata);
          }
        }
      } catch (IllegalArgumentException e) {
        // How the library takes a stream that was cut.
        assertThat(e).hasMessageContaining("The validated expression is false");
      }
      return oracle;
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void feed_capture_agreesWithTheParserLibrary(Capture capture) throws MkvElementVisitException {
    byte[] stream = capture.bytes();
    Oracle oracle = Oracle.read(stream);
    Recorder found = Recorder.read(stream, 16 << 10);

    assertThat(found.frames).isEqualTo(oracle.frames);
    assertThat(found.starts)
        .extracting(KvsFragment::clusterTimecodeNanos)
        .isEqualTo(oracle.clusterTimes);
    List<KvsFragment> numbered = found.ends.stream().filter(end -> end.number() != null).toList();
    assertThat(numbered)
        .extracting(end -> new BigInteger(Objects.requireNonNull(end.number()).digits()))
        .isEqualTo(oracle.numbers);
    assertThat(numbered)
        .extracting(end -> Optional.ofNullable(end.continuation()).map(FragmentNumber::digits))
        .isEqualTo(oracle.tokens);
    assertThat(numbered)
        .extracting(end -> Objects.requireNonNull(end.serverTime()).toEpochMilli())
        .isEqualTo(oracle.serverTimes);
    assertThat(numbered)
        .extracting(end -> Objects.requireNonNull(end.producerTime()).toEpochMilli())
        .isEqualTo(oracle.producerTimes);
    assertThat(tagsOfDocuments(found)).isEqualTo(withoutServices(oracle.tagsOfDocuments));
  }

  /** Captures have documents of one numbered fragment, or are one document without numbers. */
  private static List<Map<String, String>> tagsOfDocuments(Recorder found) {
    List<Map<String, String>> tags = found.ends.stream().map(KvsFragment::tags).toList();
    boolean numbered = found.ends.get(0).number() != null;
    return numbered ? tags : tags.subList(0, 1);
  }

  private static List<Map<String, String>> withoutServices(List<Map<String, String>> documents) {
    documents.forEach(tags -> tags.keySet().removeIf(name -> name.startsWith("AWS_")));
    return documents;
  }
}
