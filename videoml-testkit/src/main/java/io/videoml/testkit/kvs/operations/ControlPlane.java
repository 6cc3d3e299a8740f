package io.videoml.testkit.kvs.operations;

import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import io.videoml.testkit.kvs.store.StreamInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Streams: made, described, changed, deleted; and where their media is.
 *
 * <p>Threading: all methods from any thread.
 */
public final class ControlPlane {
  private static final Set<String> APIS =
      Set.of(
          "PUT_MEDIA",
          "GET_MEDIA",
          "LIST_FRAGMENTS",
          "GET_MEDIA_FOR_FRAGMENT_LIST",
          "GET_HLS_STREAMING_SESSION_URL",
          "GET_DASH_STREAMING_SESSION_URL",
          "GET_CLIP",
          "GET_IMAGES");

  private static final int LONGEST_RETENTION = 87_600;

  private final ServiceContext context;

  /** Works on the streams of the context. */
  public ControlPlane(ServiceContext context) {
    this.context = context;
  }

  /** Answers a request; what is wrong with it is what the service would answer. */
  public Map<String, Object> answer(
      KvsOperation operation, Parameters parameters, RequestFaults faults)
      throws IOException, ServiceException {
    return switch (operation) {
      case CREATE_STREAM -> create(parameters);
      case DELETE_STREAM -> delete(parameters);
      case DESCRIBE_STREAM -> describe(parameters);
      case LIST_STREAMS -> list(parameters);
      case UPDATE_DATA_RETENTION -> updateRetention(parameters);
      case TAG_STREAM -> tag(parameters);
      case UNTAG_STREAM -> untag(parameters);
      case LIST_TAGS_FOR_STREAM -> tags(parameters);
      case GET_DATA_ENDPOINT -> endpoint(parameters, faults);
      default -> throw new IllegalArgumentException("not of the control plane: " + operation);
    };
  }

  private Map<String, Object> create(Parameters parameters) throws ServiceException, IOException {
    String name = parameters.requiredText("StreamName");
    try {
      StoredStream made =
          context
              .store()
              .create(
                  name,
                  parameters.text("MediaType").orElse(""),
                  parameters.number("DataRetentionInHours", 0, LONGEST_RETENTION, 0),
                  parameters.map("Tags"),
                  context.clock().instant())
              .orElseThrow(
                  () ->
                      new ServiceException(
                          400, "ResourceInUseException", "The stream already exists: " + name));
      return Map.of("StreamARN", made.info().arn());
    } catch (IllegalArgumentException e) {
      throw ServiceException.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> delete(Parameters parameters) throws ServiceException, IOException {
    StoredStream stream = context.stream(parameters.requiredText("StreamARN"));
    checkVersion(stream, parameters.text("CurrentVersion"));
    context.store().delete(stream);
    return Map.of();
  }

  private Map<String, Object> describe(Parameters parameters) throws ServiceException {
    return Map.of("StreamInfo", info(context.stream(parameters.stream()).info()));
  }

  private Map<String, Object> list(Parameters parameters) throws ServiceException {
    int most = parameters.number("MaxResults", 1, 10_000, 100);
    String after = parameters.text("NextToken").orElse("");
    Optional<Parameters> condition = parameters.object("StreamNameCondition");
    String prefix = condition.isPresent() ? condition.get().text("ComparisonValue").orElse("") : "";
    List<StreamInfo> matching =
        context.store().all().stream()
            .map(StoredStream::info)
            .filter(info -> info.name().startsWith(prefix))
            .filter(info -> info.name().compareTo(after) > 0)
            .toList();
    List<StreamInfo> page = matching.subList(0, Math.min(most, matching.size()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("StreamInfoList", page.stream().map(ControlPlane::info).toList());
    if (page.size() < matching.size()) {
      answer.put("NextToken", page.get(page.size() - 1).name());
    }
    return answer;
  }

  private Map<String, Object> updateRetention(Parameters parameters) throws ServiceException {
    StoredStream stream = context.stream(parameters.stream());
    checkVersion(stream, Optional.of(parameters.requiredText("CurrentVersion")));
    int change = parameters.number("DataRetentionChangeInHours", 1, LONGEST_RETENTION, 0);
    String operation = parameters.requiredText("Operation");
    int sign =
        switch (operation) {
          case "INCREASE_DATA_RETENTION" -> 1;
          case "DECREASE_DATA_RETENTION" -> -1;
          default -> throw ServiceException.invalid("Operation is unknown: " + operation);
        };
    int hours = stream.info().retentionHours() + sign * change;
    if (change == 0 || hours < 0 || hours > LONGEST_RETENTION) {
      throw ServiceException.invalid("the retention would be %d hours".formatted(hours));
    }
    stream.change(stream.info().withRetentionHours(hours));
    return Map.of();
  }

  private Map<String, Object> tag(Parameters parameters) throws ServiceException {
    StoredStream stream = context.stream(parameters.stream());
    Map<String, String> tags = new HashMap<>(stream.info().tags());
    tags.putAll(parameters.map("Tags"));
    if (tags.size() > 50) {
      throw new ServiceException(
          400, "TagsPerResourceExceededLimitException", "a stream has at most 50 tags");
    }
    stream.change(stream.info().withTags(tags));
    return Map.of();
  }

  private Map<String, Object> untag(Parameters parameters) throws ServiceException {
    StoredStream stream = context.stream(parameters.stream());
    Map<String, String> tags = new HashMap<>(stream.info().tags());
    parameters.texts("TagKeyList").forEach(tags::remove);
    stream.change(stream.info().withTags(tags));
    return Map.of();
  }

  private Map<String, Object> tags(Parameters parameters) throws ServiceException {
    return Map.of("Tags", context.stream(parameters.stream()).info().tags());
  }

  private Map<String, Object> endpoint(Parameters parameters, RequestFaults faults)
      throws ServiceException {
    String name = context.stream(parameters.stream()).info().name();
    context
        .usage()
        .request(name, KvsOperation.GET_DATA_ENDPOINT, context.limits().requestsPerSecond());
    String api = parameters.requiredText("APIName");
    if (!APIS.contains(api)) {
      throw ServiceException.invalid("APIName is unknown: " + api);
    }
    URI address =
        faults
            .first(Fault.DataEndpoint.class)
            .map(Fault.DataEndpoint::address)
            .orElseGet(context.endpoint());
    return Map.of("DataEndpoint", address.toString());
  }

  private static Map<String, Object> info(StreamInfo info) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("StreamName", info.name());
    answer.put("StreamARN", info.arn());
    if (!info.mediaType().isEmpty()) {
      answer.put("MediaType", info.mediaType());
    }
    answer.put("KmsKeyId", "arn:aws:kms:stand-in:123456789012:alias/aws/kinesisvideo");
    answer.put("Version", info.version());
    answer.put("Status", "ACTIVE");
    answer.put("CreationTime", BigDecimal.valueOf(info.created().toEpochMilli(), 3));
    answer.put("DataRetentionInHours", info.retentionHours());
    return answer;
  }

  private static void checkVersion(StoredStream stream, Optional<String> version)
      throws ServiceException {
    if (version.isPresent() && !version.get().equals(stream.info().version())) {
      throw new ServiceException(
          400, "VersionMismatchException", "The stream's version is not " + version.get());
    }
  }
}
