//! The thin layer between Python and the engine: it converts, and decides nothing.
use pyo3::prelude::*;

/// The engine, as Python sees it.
#[pymodule]
fn _engine(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}
