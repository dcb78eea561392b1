package dev.penstock.app.server;

import com.google.protobuf.Timestamp;
import com.linecorp.armeria.common.HttpMethod;
import dev.penstock.app.command.Version;
import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.FeatureReader.FeatureAnswer;
import dev.penstock.platform.serve.Serving;
import dev.penstock.wire.feast.FeatureList;
import dev.penstock.wire.feast.FieldStatus;
import dev.penstock.wire.feast.GetFeastServingInfoRequest;
import dev.penstock.wire.feast.GetFeastServingInfoResponse;
import dev.penstock.wire.feast.GetOnlineFeaturesRequest;
import dev.penstock.wire.feast.GetOnlineFeaturesResponse;
import dev.penstock.wire.feast.GetOnlineFeaturesResponse.FeatureVector;
import dev.penstock.wire.feast.GetOnlineFeaturesResponseMetadata;
import dev.penstock.wire.feast.RepeatedValue;
import dev.penstock.wire.feast.ServingServiceGrpc.ServingServiceImplBase;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Feast's {@code ServingService} over gRPC, on the port of everything else. As with Feast's servers
 * of this protocol, an answer has the features and no key columns, by the names they were asked for
 * ({@code view:feature}), in that order.
 */
final class FeastGrpc extends ServingServiceImplBase {
  private static final String METHOD = "/feast.serving.ServingService/GetOnlineFeatures";
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int OK = 200;

  private final Serving serving;
  private final Executor readers;
  private final Metrics metrics;

  FeastGrpc(Serving serving, Executor readers, Metrics metrics) {
    this.serving = serving;
    this.readers = readers;
    this.metrics = metrics;
  }

  @Override
  public void getFeastServingInfo(
      GetFeastServingInfoRequest request, StreamObserver<GetFeastServingInfoResponse> answer) {
    answer.onNext(GetFeastServingInfoResponse.newBuilder().setVersion(Version.text()).build());
    answer.onCompleted();
  }

  @Override
  public void getOnlineFeatures(
      GetOnlineFeaturesRequest request, StreamObserver<GetOnlineFeaturesResponse> answer) {
    try {
      readers.execute(() -> answer(request, answer));
    } catch (PenstockException overloaded) {
      fail(overloaded, answer, System.nanoTime());
    }
  }

  private void answer(
      GetOnlineFeaturesRequest request, StreamObserver<GetOnlineFeaturesResponse> answer) {
    long began = System.nanoTime();
    GetOnlineFeaturesResponse response;
    try {
      response = read(request);
    } catch (PenstockException e) {
      fail(e, answer, began);
      return;
    } catch (RuntimeException e) {
      PenstockException fault =
          new PenstockException(
              ErrorCode.INTERNAL, null, e.toString(), "this is a fault of Penstock", e);
      fail(fault, answer, began);
      return;
    }
    metrics.answered(HttpMethod.POST, METHOD, OK, System.nanoTime() - began);
    answer.onNext(response);
    answer.onCompleted();
  }

  private GetOnlineFeaturesResponse read(GetOnlineFeaturesRequest request) {
    FeatureReader reader = serving.features(selection(request));
    Map<String, RepeatedValue> columns = new HashMap<>(request.getRequestContextMap());
    columns.putAll(request.getEntitiesMap());
    Batch inputs = FeastValues.asked(reader.inputs(), columns);
    FeatureAnswer answer = reader.read(inputs, null);
    metrics.featuresRead(inputs.rows());
    FeatureList.Builder names = FeatureList.newBuilder();
    GetOnlineFeaturesResponse.Builder response =
        GetOnlineFeaturesResponse.newBuilder().setStatus(true);
    for (FeatureColumn feature : answer.columns()) {
      names.addVal(feature.name().replaceFirst("__", ":"));
      response.addResults(vector(feature, timestamp(answer.q())));
    }
    return response
        .setMetadata(GetOnlineFeaturesResponseMetadata.newBuilder().setFeatureNames(names))
        .build();
  }

  private static FeatureSelection selection(GetOnlineFeaturesRequest request) {
    return switch (request.getKindCase()) {
      case FEATURE_SERVICE -> FeatureEndpoints.selection(request.getFeatureService(), null);
      case FEATURES -> FeatureEndpoints.selection(null, request.getFeatures().getValList());
      case KIND_NOT_SET -> FeatureEndpoints.selection(null, null);
    };
  }

  private static FeatureVector vector(FeatureColumn feature, Timestamp moment) {
    FeatureVector.Builder vector = FeatureVector.newBuilder();
    for (int row = 0; row < feature.values().size(); row++) {
      FeatureStatus status = feature.status(row);
      vector
          .addValues(FeastValues.of(feature.values(), row))
          .addStatuses(status(status))
          .addEventTimestamps(
              status == FeatureStatus.NOT_FOUND ? Timestamp.getDefaultInstance() : moment);
    }
    return vector.build();
  }

  private static FieldStatus status(FeatureStatus status) {
    return switch (status) {
      case PRESENT -> FieldStatus.PRESENT;
      case NULL_VALUE -> FieldStatus.NULL_VALUE;
      case NOT_FOUND -> FieldStatus.NOT_FOUND;
      case OUTSIDE_MAX_AGE -> FieldStatus.OUTSIDE_MAX_AGE;
      case UNCOVERED, ERROR -> FieldStatus.INVALID;
    };
  }

  private static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, MICROS_PER_SECOND))
        .setNanos((int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO)
        .build();
  }

  private void fail(
      PenstockException error, StreamObserver<GetOnlineFeaturesResponse> answer, long began) {
    metrics.answered(
        HttpMethod.POST, METHOD, ErrorStyle.status(error.code()).code(), System.nanoTime() - began);
    answer.onError(status(error.code()).withDescription(error.getMessage()).asRuntimeException());
  }

  static Status status(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND, DEFINITION_NOT_FOUND -> Status.NOT_FOUND;
      case OVERLOADED, LIMIT_EXCEEDED -> Status.RESOURCE_EXHAUSTED;
      case UNKNOWN_STATE -> Status.UNAVAILABLE;
      default ->
          switch (code.kind()) {
            case USAGE -> Status.INVALID_ARGUMENT;
            case CONFLICT -> Status.ABORTED;
            case FAILED -> Status.INTERNAL;
          };
    };
  }
}
