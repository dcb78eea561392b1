package dev.penstock.online;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.RowTransform;
import dev.penstock.feature.FeatureView;
import org.jspecify.annotations.Nullable;

/**
 * A view that is kept up to date.
 *
 * @param fingerprint the definition's: names the view's state, so that two versions of a view can
 *     stand side by side
 * @param source whose rows it reads, as positions know it; of a chained view, the first one's
 * @param transform the row-wise transforms between the source and the view, as one; it may give the
 *     rows another event time; null when the view reads the source's rows as they are, or another
 *     view's
 * @param upstream the view that it is chained to; null when it reads rows of the source
 */
public record LiveView(
    Fingerprint fingerprint,
    FeatureView view,
    String source,
    @Nullable RowTransform transform,
    @Nullable Fingerprint upstream) {
  public LiveView {
    if ((upstream == null) != (view.upstream() == null)
        || (upstream != null && transform != null)) {
      throw new IllegalArgumentException("'" + view.name() + "' reads rows or another view");
    }
  }

  /** A view of a source's rows. */
  public LiveView(
      Fingerprint fingerprint, FeatureView view, String source, @Nullable RowTransform transform) {
    this(fingerprint, view, source, transform, null);
  }
}
