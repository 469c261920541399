#!/usr/bin/python3
"""Makes classifiers.json: test accuracies of scikit-learn's MLPClassifier on the built-in tables, for 8 seeds each.

The same network, optimizer, batches, epochs and splits as the test; the initial weights and the order of samples are scikit-learn's own. Run with Debian's
python3-sklearn 1.2.
"""
import json
import os
import statistics
import warnings

import sklearn.datasets
import sklearn.exceptions
import sklearn.model_selection
import sklearn.neural_network
import sklearn.preprocessing

warnings.filterwarnings("ignore", category=sklearn.exceptions.ConvergenceWarning)


def accuracies(data, hidden, standardized, white=1):
    result = []
    for seed in range(1, 9):
        x, x_test, y, y_test = sklearn.model_selection.train_test_split(data.data / white, data.target, test_size=0.2, random_state=seed)
        if standardized:
            scaler = sklearn.preprocessing.StandardScaler().fit(x)
            x, x_test = scaler.transform(x), scaler.transform(x_test)
        network = sklearn.neural_network.MLPClassifier(
            (hidden,), "relu", solver="adam", alpha=0, batch_size=64, learning_rate_init=0.001, max_iter=60, tol=0, n_iter_no_change=60, random_state=seed)
        result.append(network.fit(x, y).score(x_test, y_test))
    return result


golden = {
    "digits": accuracies(sklearn.datasets.load_digits(), 64, False, white=16),
    "breast-cancer": accuracies(sklearn.datasets.load_breast_cancer(), 16, True),
}
print({name: statistics.median(values) for name, values in golden.items()})
json.dump(golden, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "classifiers.json"), "w"), indent=1)
