# Mixed-effects peer: Rscript lme4.R PANEL.csv DRIVER,DRIVER…
# ln units on ln price (everyday price and discount apart where base_price is given) and the drivers; every slope random
# by account × product, and fixed by product where there are several. Prints the seconds of the fit alone as JSON.
# Debian: apt-get install r-base-core r-cran-lme4
suppressMessages(library(lme4))
given <- commandArgs(TRUE)
rows <- subset(read.csv(given[1]), units > 0)
drivers <- if (length(given) > 1 && nchar(given[2])) strsplit(given[2], ",")[[1]] else character(0)
rows$y <- log(rows$units)
rows$series <- interaction(rows$account, rows$product, drop = TRUE)
rows$product <- factor(rows$product)
if (!is.null(rows$base_price)) {
  rows$everyday <- log(rows$base_price)
  rows$cut <- pmin(0, log(rows$price / rows$base_price))
  slopes <- c("everyday", "cut", drivers)
} else {
  rows$shelf <- log(rows$price)
  slopes <- c("shelf", drivers)
}
sum_of <- paste(slopes, collapse = " + ")
fixed <- if (nlevels(rows$product) > 1) sprintf("product * (%s)", sum_of) else sum_of
model <- as.formula(sprintf("y ~ %s + (1 + %s | series)", fixed, sum_of))
control <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, optCtrl = list(maxfun = 4000))
started <- proc.time()[["elapsed"]]
fit <- suppressMessages(lmer(model, rows, REML = TRUE, control = control))
cat(sprintf('{"seconds": %.3f}\n', proc.time()[["elapsed"]] - started))
